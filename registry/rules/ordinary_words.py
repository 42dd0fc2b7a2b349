"""Words that stand in a text with a capital and are nobody's name: those that begin sentences, days, roles, bodies and products."""

from registry.rules.plain_dates import MONTHS, WEEKDAYS

_ADDRESS = "mr mrs miss ms mx dr sir prof professor rev reverend"
_BOTH = """
will mark grace hope faith joy rose bill rob sue pat drew frank dawn eve gene grant jack art lance nick pierce ray rich skip wade
ivy lily daisy ruby amber summer autumn brook chase hunter mason miles page reed rowan max dean earl duke young brown green white black
grey king bishop cook carter parker potter smart small long short wood woods hill field fields stone waters banks price rice day best
moss snow frost love power sharp swift wise bright case cross ford gates hall hand head hood lock marsh mill nail park peel pool rush
"""
_ENDS = """
school academy college trust federation nursery preschool infant junior primary secondary grammar council university hospital surgery
constabulary road avenue borough ltd limited plc llp centre foundation association union society
"""
_BEGINNINGS = """
a about after afterwards again all also although always among an and another any anybody anyone are as ask asked at attached because before
being below besides best between both but by can check could currently did do does due during each earlier either even ever every everybody
everyone few finally first five following for four from further had has have having he hence her here his how however i if immediately in
including initially instead is it its last lastly later let many maybe me meanwhile more moreover most much must my near nearly neither never
next no nobody none nor not note nothing now of off often on once one only or original other others otherwise our out over own per perhaps
please previously recently same second several she should shortly similarly since six so some somebody someone sometimes soon still subsequently
such ten than that the their them then there therefore these they third this those though three thus to today together tomorrow tonight too
two under unfortunately unless until up upon us very was we were what when whenever where whereas whether which while who whom whose why with
within without would yes yesterday yet you your dear regards hello hi thank thanks sincerely faithfully mum mummy dad daddy
"""
_SCHOOL = """
account acceptable act action activity address admin administration administrator adult advice advisor adviser aid allegation annex appendix
application apprentice article assembly assessment asset assistant assurance attachment authentication attendance audit authority autumn award
behaviour
board book box boy breach breakfast budget building bursar bus business bcc caretaker carer case catering cc chair chairman chairperson
chairwoman charity child children christmas class classroom clerk clinic club code colleague commission commissioner committee community
company compliance computer concern confidential confidentiality consent contact control controller coordinator corporate county course court
cover crime criminal curriculum customer cyber data database date day department deputy designated desktop detail device digital diocese
director disability disclosure district document drama draft duty early easter education educational edition effect email emergency employee
england english equality essential europe european evening event evidence exam examination exclusion executive external factor faculty family father
fee file finance fire folder food form foreign founder framework fraud free freedom french further games general geography german girl
google governance governing government governor grade great group guardian guidance half head headmaster headmistress headteacher health help
helpline high history holiday home house housekeeping human humanities humans impact inbox incident inclusion independent individual
information initial inspector inspection insurance integrity interim internal internet intranet investigation ireland irish key keeping kingdom
laboratory language laptop latin law lead leader leadership learning legal lesson letter level library licence line list local log lunch
mail main maintained management manager mathematics maths measure medical meeting member memo message midwife ministry mobile modern month mother
multi
music national natural network new newsletter newspaper night northern note notice notification nurse object office officer official online
operation option order organisation outlook pack paper parent parish part password pastoral pastor payroll pe pension people person personal
personnel phase phone photo phonics physical physics pilot plan play playground police policy portal post practice premises premium principal
privacy private procedure process processor project protection provider provision psychologist public pupil quality question radio reader
reading reception reception record recruitment register registrar registration regulation regulator religious report reporter request
research residential resource response result review right risk role room royal rule safeguarding safety science scotland scottish secretary
section security senior sensitive server service session set severe share shared side site social software south southern special
speech sports spring staff stage standard start state statement step strategy student study subject summary summer supplier supply support
system tablet tax teacher teaching team technical technician technology telephone term test timeline timetable training transport
treasurer trip trustee tutor type uk unit united user vaccination vendor version very vice vitamin visit visitor voluntary volunteer wales warning
website week welfare welsh west western winter work worker works workshop year youth north east eastern british britain st saint
"""
_PRODUCTS_AND_BODIES = """
acrobat action adobe amazon android anydesk aol apple aqa arbor barclays bbc bitlocker bromcom camhs capita charts chrome chromebook cisco
classcharts cpoms defender dell dojo dpia dpo drive dropbox edge edexcel edulink edukey ehcp ehcps ess evolve excel exchange explorer facebook
forms gdpr gmail gov hotmail hp hsbc ibm ico icloud ims instagram intune ipad iphone isams jamf lado lenovo lightspeed linkedin linux lloyds
mac malware mash mfa microsoft mis moodle myconcern natwest ncsc nhs ocr ofcom ofqual ofsted onedrive onenote oxford parentmail parentpay
pastpapers pdf phishing pin powerpoint purple qr ransomware renaissance rm ropa rpa samsung santander sar schoolcomms schoolpod seesaw
sen senco sencos send sharepoint showbie sims sky slack slt smoothwall snapchat sophos spotify starter sql swift swivl tapestry teams teamviewer
tes tiktok tpad twitter unison usb virgin vodafone vpn weduc whatsapp wifi windows wonde word wordpress xbox yahoo youtube zip zoom
"""
FORM_OF_ADDRESS = frozenset(_ADDRESS.split())
"""Behind one of these a single capitalised word is a name."""

NAMES_AND_WORDS = frozenset(_BOTH.split())
"""Names that are words as well: at the start of a sentence their capital says nothing."""

ENDS_OF_PLACES = frozenset(_ENDS.split())
"""What stands before one of these is the name of a place or a body."""

NO_NAMES = frozenset(
    {*map(str.lower, (*WEEKDAYS, *MONTHS)), *(month[:3].lower() for month in MONTHS), "sept"}
    | {*_BEGINNINGS.split(), *_SCHOOL.split(), *_PRODUCTS_AND_BODIES.split(), *_ENDS.split()}
)
"""None of these is taken for a part of a name."""
